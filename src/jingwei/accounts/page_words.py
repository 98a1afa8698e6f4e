"""The words of the pages for signing in. Keys are those of the templates; English is whole here."""

ZH = {
    "lang": "zh-Hans", "product": "经纬", "other": "English", "other_language": "en",
    "sign_in": "登录", "login": "登录名", "password": "密码", "no_account": "没有账号或忘记密码，请找系统管理员。",
    "code_title": "验证码", "code_heading": "输入验证码", "code": "验证码，或一个恢复码",
    "code_text": "{login}，密码正确，还差一步：打开手机上的验证器，输入“{issuer}”下面的 6 位数字。",
    "code_lost": "手机不在身边，就用设置时打印的恢复码，每个只能用一次。都没有，请找系统管理员重置（管理员本人请找服务器操作员）。",
    "other_account": "换一个账号登录",
}
EN = {
    "lang": "en", "product": "jingwei", "other": "简体中文", "other_language": "zh",
    "sign_in": "Sign in", "login": "Login", "password": "Password",
    "no_account": "No account, or the password forgotten? Ask the system administrator.",
    "code_title": "Code", "code_heading": "Enter the code", "code": "The code, or a recovery code",
    "code_text": "{login}, the password is right. One step more: open the authenticator on your phone and enter the six digits "
                 "below “{issuer}”.",
    "code_lost": "Without your phone, use one of the recovery codes printed when you set it up; each works once. If you have "
                 "neither, ask the system administrator for a reset (administrators: ask the operator of the server).",
    "other_account": "Sign in with another account",
}


def words_in(language: str) -> dict[str, str]:
    return EN if language == "en" else ZH
